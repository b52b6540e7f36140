import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: './adapters/sql/schema-postgres.ts',
  out: './migrations/postgres',
})
