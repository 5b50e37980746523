import { FilePlus2, Layers, Plus, Trash2, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import type { Adapter, AdapterUse } from '../../main/contract/persona.ts';
import { api, useCall } from '../api.ts';
import { formatBytes } from '../format.ts';
import { t } from '../messages.ts';
import { pick } from '../picker/pick.ts';
import { attempt, Badge, Button, Callout, ConfirmDialog, IconButton, Menu, MenuItem, MenuLabel, MenuSeparator, notify, Section, Slider } from '../ui/index.ts';
import { attach, detach, formatScale, overlayState, rescale, sliderRange, usersOf } from './draft.ts';
import type { PartProps } from './part.ts';

const MOST_ADAPTERS = 8;

/** The adapters laid over the base, how strongly each, and which of them would be left out. */
export function OverlayEditor({ draft, change }: PartProps) {
  const adapters = useCall('persona.adapters', {}).data;
  const use = (uses: AdapterUse[]) => change({ adapters: uses });
  const full = draft.adapters.length >= MOST_ADAPTERS;
  return (
    <Section
      title={t('persona.overlay')}
      hint={t('persona.overlayHelp')}
      actions={<AddAdapter used={draft.adapters} adapters={adapters ?? []} disabled={full} onAdd={(id) => use(attach(draft.adapters, id))} />}
    >
      {draft.adapters.length === 0 ? <p className="overlay-empty">{t('persona.overlayEmpty')}</p> : null}
      <ul role="list" className="overlay">
        {(adapters ? overlayState(draft.adapters, adapters) : []).map(({ use: { adapterId, scale }, adapter }) => (
          <AdapterLine
            key={adapterId}
            adapterId={adapterId}
            adapter={adapter}
            scale={scale}
            onScale={(next) => use(rescale(draft.adapters, adapterId, next))}
            onDetach={() => use(detach(draft.adapters, adapterId))}
          />
        ))}
      </ul>
      {full ? <p className="field-note">{t('persona.adaptersMost', { count: MOST_ADAPTERS })}</p> : null}
    </Section>
  );
}

type LineProps = { adapterId: string; adapter: Adapter | null; scale: number; onScale: (scale: number) => void; onDetach: () => void };

function AdapterLine({ adapterId, adapter, scale, onScale, onDetach }: LineProps) {
  const name = adapter?.name ?? t('persona.adapterUnknownName', { id: adapterId.slice(0, 8) });
  const problem = problemOf(adapter);
  // Fixed when first shown: the line must not change its ends under the hand.
  const [range] = useState(() => sliderRange(scale));
  return (
    <li className="adapter">
      <div className="spread">
        <p className="adapter-name">
          <Layers aria-hidden />
          {name}
          {adapter ? <span className="muted small">{describe(adapter)}</span> : null}
        </p>
        <IconButton label={t('persona.detach', { name })} size="small" onClick={onDetach}>
          <X aria-hidden />
        </IconButton>
      </div>
      <Slider label={t('persona.scale', { name })} value={scale} {...range} show={formatScale} onValue={onScale} />
      <div className="scale-marks" aria-hidden>
        {[0, 1].map((mark) => (
          <span key={mark} style={{ left: `${(100 * (mark - range.min)) / (range.max - range.min)}%` }}>
            {formatScale(mark)}
          </span>
        ))}
      </div>
      {problem ? (
        <Callout tone="caution" icon={<TriangleAlert aria-hidden />}>
          {problem}
        </Callout>
      ) : null}
    </li>
  );
}

function problemOf(adapter: Adapter | null): string | null {
  if (!adapter) return t('persona.adapterUnknown');
  return adapter.present ? adapter.misfit : t('persona.adapterGone');
}

const describe = ({ rank, sizeBytes, bundled }: Adapter): string =>
  [t('persona.adapterRank', { rank }), formatBytes(sizeBytes), ...(bundled ? [t('persona.adapterBundled')] : [])].join(' · ');

type AddProps = { used: readonly AdapterUse[]; adapters: readonly Adapter[]; disabled: boolean; onAdd: (adapterId: string) => void };

function AddAdapter({ used, adapters, disabled, onAdd }: AddProps) {
  const personas = useCall('persona.list', {}).data ?? [];
  const [unwanted, setUnwanted] = useState<Adapter | null>(null);
  const free = adapters.filter(({ id }) => !used.some(({ adapterId }) => adapterId === id));
  const choose = async () => {
    const path = await pick({ title: t('persona.adapterPick'), extensions: ['gguf'], folder: false });
    const adapter = path ? await attempt(() => api.persona.addAdapter({ path })) : undefined;
    if (adapter) onAdd(adapter.id);
  };
  const askToRemove = (adapter: Adapter) => {
    const users = usersOf(adapter.id, personas);
    if (users.length === 0) setUnwanted(adapter);
    else notify({ message: t('persona.adapterInUse', { name: adapter.name, personas: users.join(', ') }) });
  };
  return (
    <>
      <Menu
        align="end"
        wide
        trigger={
          <Button size="small" icon={<Plus aria-hidden />} disabled={disabled}>
            {t('persona.addAdapter')}
          </Button>
        }
      >
        {free.length > 0 ? <MenuLabel>{t('persona.manageAdapters')}</MenuLabel> : null}
        {free.map((adapter) => (
          <MenuItem key={adapter.id} icon={<Layers />} disabled={!adapter.present} onSelect={() => onAdd(adapter.id)}>
            {adapter.name} {adapter.misfit ? <Badge tone="caution">{t('persona.doesNotFit')}</Badge> : null}
          </MenuItem>
        ))}
        {free.length > 0 ? <MenuSeparator /> : null}
        <MenuItem icon={<FilePlus2 />} onSelect={() => void choose()}>
          {t('persona.adapterFile')}
        </MenuItem>
        <RemovableAdapters adapters={free.filter(({ bundled }) => !bundled)} onRemove={askToRemove} />
      </Menu>
      <RemoveAdapterDialog adapter={unwanted} onClose={() => setUnwanted(null)} />
    </>
  );
}

type RemovableProps = { adapters: readonly Adapter[]; onRemove: (adapter: Adapter) => void };

/** What the owner added can be taken from the list again; what comes with the app cannot. */
function RemovableAdapters({ adapters, onRemove }: RemovableProps) {
  if (adapters.length === 0) return null;
  return (
    <>
      <MenuSeparator />
      {adapters.map((adapter) => (
        <MenuItem key={adapter.id} icon={<Trash2 />} danger onSelect={() => onRemove(adapter)}>
          {t('persona.removeAdapter', { name: adapter.name })}
        </MenuItem>
      ))}
    </>
  );
}

function RemoveAdapterDialog({ adapter, onClose }: { adapter: Adapter | null; onClose: () => void }) {
  if (!adapter) return null;
  const { id, name, path } = adapter;
  const remove = async () => {
    onClose();
    if (await attempt(() => api.persona.removeAdapter({ id }))) notify({ message: t('persona.adapterRemoved', { name }) });
  };
  return (
    <ConfirmDialog
      open
      onOpen={(open) => !open && onClose()}
      title={t('persona.removeAdapterTitle', { name })}
      description={t('persona.removeAdapterBody', { path })}
      confirm={t('persona.removeAdapterAction')}
      danger
      onConfirm={() => void remove()}
    />
  );
}
