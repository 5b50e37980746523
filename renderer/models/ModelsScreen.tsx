import { FilePlus2 } from 'lucide-react';
import { useState } from 'react';
import type { Model, ModelRole } from '../../main/contract/model.ts';
import { api, useCall } from '../api.ts';
import { t } from '../messages.ts';
import { pick } from '../picker/pick.ts';
import { attempt, Button, Loaded, notify, Screen, Section } from '../ui/index.ts';
import { EnginePanel, useEngine } from './EnginePanel.tsx';
import { byRole, canLoad } from './group.ts';
import { ModelRow } from './ModelRow.tsx';
import { useLoading, type Loading } from './useLoading.ts';
import './models.css';

/** The models of this machine by what they do, and the engine that runs them. */
export function ModelsScreen() {
  const models = useCall('model.list', {});
  const engine = useEngine();
  const loading = useLoading();
  return (
    <Screen title={t('models.title')} lead={t('models.lead')} actions={<AddModel />}>
      <Loaded call={models} failed={t('models.failedTitle')}>
        {(all) =>
          byRole(all).map((group) => (
            <Role key={group.role} {...group} loading={loading} allowed={canLoad(engine, loading.current?.id ?? null)} />
          ))
        }
      </Loaded>
      <EnginePanel engine={engine} />
    </Screen>
  );
}

type RoleProps = { role: ModelRole; models: Model[]; loading: Loading; allowed: boolean };

function Role({ role, models, loading, allowed }: RoleProps) {
  return (
    <Section title={t(`models.role.${role}`)} hint={t(`models.role.${role}Help`)}>
      {models.length > 0 ? (
        <ul role="list" className="models">
          {models.map((model) => (
            <ModelRow key={model.id} model={model} loading={loading} allowed={allowed} />
          ))}
        </ul>
      ) : (
        <p className="models-none">{t(`models.none.${role}`)}</p>
      )}
    </Section>
  );
}

function AddModel() {
  const [busy, setBusy] = useState(false);
  const add = async () => {
    const path = await pick({ title: t('models.addTitle'), extensions: ['gguf'], folder: false });
    if (!path) return;
    setBusy(true);
    const model = await attempt(() => api.model.add({ path }));
    setBusy(false);
    if (model) notify({ message: t('models.added', { name: model.name }) });
  };
  return (
    <Button look="primary" icon={<FilePlus2 aria-hidden />} busy={busy} onClick={() => void add()}>
      {t('models.add')}
    </Button>
  );
}
