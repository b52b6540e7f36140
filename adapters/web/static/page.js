/* What every page wants of a script: the theme that was chosen at the console. */
const theme = localStorage.getItem('theme')
if (theme) document.documentElement.dataset.theme = theme
