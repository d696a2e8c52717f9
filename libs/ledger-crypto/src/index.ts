export { publicKeyOf, sha256, signerOf, verifyEd25519 } from './ed25519.ts'
