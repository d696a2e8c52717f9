export { kurrentdbDouble, type Double, type DoubleSettings } from './double.ts'
