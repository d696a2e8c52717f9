import { openapiDocument } from '@muster/nest-host'
import { HostModule } from '../../libs/nest-host/src/host.module.ts'

/** The OpenAPI document of the whole HTTP face, as the embedded default serves it. Nothing is started for it. */
export const openapi = (): object => openapiDocument([HostModule])
