export { arbitraryOf } from './arbitrary.ts'
