export { obeysTheLaws } from './laws.ts'
export { specify } from './specification.ts'
