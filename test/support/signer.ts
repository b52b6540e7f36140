/** Tokens and codes that are the same in every test. */
import { createSigner } from '../../adapters/keys/signer.ts'

export const testSigner = createSigner('a secret that only tests know', 'https://tocsin.example')
