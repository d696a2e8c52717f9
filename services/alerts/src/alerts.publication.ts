import { toCloudEventMessage } from '@muster/bus'
import { PUBLICATIONS, type Publications } from '@muster/nest-host'
import { Inject, Injectable } from '@nestjs/common'

/** Every alert that is raised or resolved, on `muster.alerts`: the event as it is recorded, with its own id. */
@Injectable()
export class AlertsPublication {
  constructor(@Inject(PUBLICATIONS) publications: Publications) {
    publications.add({
      name: 'alerts',
      filter: { categories: ['alert'] },
      topic: 'muster.alerts',
      toMessages: batch => batch.map(recorded => toCloudEventMessage(recorded.context, recorded.data, recorded)),
    })
  }
}
