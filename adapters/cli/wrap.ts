/** Lines for a terminal of 80 columns: broken between words, a list's item under its own first word. */
const WIDTH = 80

export const wrap = (text: string): string => text.split('\n').map(wrapLine).join('\n')

function wrapLine(line: string): string {
  const indent = line.startsWith('- ') ? '  ' : ''
  const lines = ['']
  for (const word of line.split(' ')) {
    const last = lines.at(-1) ?? ''
    const longer = last === '' ? word : `${last} ${word}`
    if (longer.length <= WIDTH || last.trim() === '') lines[lines.length - 1] = longer
    else lines.push(`${indent}${word}`)
  }
  return lines.join('\n')
}
