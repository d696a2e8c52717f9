/**
 * The OpenAPI document of the HTTP face, or undefined while no service has one.
 *
 * When the services stand: `return openapiDocument(modules)` of nest-host with the module list of the all-in-one.
 */
export async function openapi(): Promise<object | undefined> {
  return undefined
}
