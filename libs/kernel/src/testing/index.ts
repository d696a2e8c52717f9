export { lawsOf, obeysTheLaws, type Law } from './laws.ts'
export { specify } from './specification.ts'
