import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: './adapters/sql/schema.ts',
  out: './migrations/sqlite',
})
