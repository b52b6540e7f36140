/** The arguments with which `npm start` starts the program. Build first. */
import packageJson from '../../package.json' with { type: 'json' }

export const START = packageJson.scripts.start.split(' ').slice(1)
