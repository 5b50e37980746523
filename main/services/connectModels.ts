import type { Catalogue } from '../models/catalogue.ts';
import { createModels, type Models } from '../models/models.ts';
import type { Events } from './events.ts';
import type { ServicesOptions } from './options.ts';
import type { OpenStores } from './stores.ts';

export function connectModels({ engine }: Pick<ServicesOptions, 'engine'>, { stores, events, catalogue }: { stores: OpenStores; events: Events; catalogue: Catalogue }): Models {
  return createModels({
    engine,
    catalogue,
    store: stores.models,
    paths: () => stores.settings.get(),
    remember(paths) {
      stores.settings.change(paths);
      events.changed('settings');
    },
    changed: () => events.changed('models'),
    notify: (message) => events.emit({ type: 'notice', message }),
  });
}
