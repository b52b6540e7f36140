/** Two hundred seeded lives of two days, in four files so that they run side by side; `npm run sim -- --seed N` tells one of them. */
import { livesGoWell } from './go-well.ts'

livesGoWell(1, 50)
