import type { PolicyDocument, PolicyMode } from './document.ts'

/** The mode that a document asks for: enforce, unless it says otherwise. */
export const modeOf = ({ mode = 'enforce' }: PolicyDocument): PolicyMode => mode

/** Whether a version is tried: published in shadow, while its document says otherwise. What is meant to stay in shadow is no trial. */
export const isTrial = ({ mode, document }: { readonly mode: PolicyMode; readonly document: PolicyDocument }): boolean =>
  mode === 'shadow' && modeOf(document) !== 'shadow'
