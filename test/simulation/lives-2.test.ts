/** See lives-1.test.ts. */
import { livesGoWell } from './go-well.ts'

livesGoWell(51, 50)
