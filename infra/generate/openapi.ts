import { openapiDocument } from '@muster/nest-host'
import { HostModule } from '../../libs/nest-host/src/host.module.ts'
import { modules } from '../../services/all-in-one/src/modules.ts'

/** The OpenAPI document of the whole HTTP face, as the embedded default serves it. Nothing is started for it. */
export const openapi = (): object => openapiDocument([HostModule, ...modules])
