import { Copy, Ellipsis, FolderOpen, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Model } from '../../main/contract/model.ts';
import { api, useCall } from '../api.ts';
import { formatBytes, formatPercent } from '../format.ts';
import { t } from '../messages.ts';
import { attempt, Badge, Button, ConfirmDialog, IconButton, Menu, MenuItem, MenuSeparator, notify, Progress } from '../ui/index.ts';
import { FitBadge } from './FitBadge.tsx';
import { formatParameters } from './group.ts';
import type { Loading } from './useLoading.ts';

type Props = { model: Model; loading: Loading; allowed: boolean };

/** One model: what it is, whether it fits, and loading it. */
export function ModelRow({ model, loading, allowed }: Props) {
  const { name, role, bundled, loaded, present, trusted, fit, path } = model;
  return (
    <li className="model" data-loaded={loaded}>
      <div className="grow">
        <h3 className="model-name">
          {name}
          {loaded ? <Badge tone="accent">{t('models.loaded')}</Badge> : null}
          {bundled ? <Badge>{t('models.bundled')}</Badge> : null}
        </h3>
        <p className="model-figures">{figures(model)}</p>
        <p className="model-path" title={path}>
          {path}
        </p>
        <div className="model-notes">
          {present ? (
            <p className="model-fit">
              <FitBadge fit={fit} />
              <span>{fit.reason}</span>
            </p>
          ) : (
            <p className="model-fit">
              <Badge tone="danger">{t('models.missing')}</Badge>
              <span>{t('models.missingHelp')}</span>
            </p>
          )}
          {role === 'chat' && !trusted ? <p>{t('models.untrusted')}</p> : null}
        </div>
      </div>
      <ModelButtons model={model} loading={loading} allowed={allowed} />
    </li>
  );
}

function figures({ parameters, quantisation, sizeBytes, windowTokens, architecture }: Model): string {
  return [
    t('models.parameters', { size: formatParameters(parameters) }),
    quantisation,
    formatBytes(sizeBytes),
    t('models.window', { count: windowTokens }),
    architecture,
  ].join(' · ');
}

function ModelButtons({ model, loading, allowed }: Props) {
  const [asking, setAsking] = useState(false);
  const { name, loaded, present, fit } = model;
  if (loading.current?.id === model.id) {
    return (
      <div className="model-loading">
        <p className="spread small">
          <span className="muted tabular">{formatPercent(loading.current.fraction)}</span>
          <Button size="small" onClick={loading.stop}>
            {t('models.stopLoading')}
          </Button>
        </p>
        <Progress label={t('models.loading', { name })} value={loading.current.fraction} />
      </div>
    );
  }
  const load = () => {
    setAsking(false);
    loading.load(model);
  };
  return (
    <div className="row">
      {loaded ? (
        <Button aria-label={t('models.unloadNamed', { name })} disabled={!allowed} onClick={() => void attempt(() => api.model.unload({ id: model.id }))}>
          {t('models.unload')}
        </Button>
      ) : (
        <Button
          aria-label={t('models.loadNamed', { name })}
          disabled={!allowed || !present}
          onClick={() => (fit.verdict === 'will-not-fit' ? setAsking(true) : load())}
        >
          {t('models.load')}
        </Button>
      )}
      <ModelMenu model={model} />
      <ConfirmDialog
        open={asking}
        onOpen={setAsking}
        title={t('models.loadAnywayTitle', { name })}
        description={
          <>
            {fit.reason} {t('models.loadAnywayHelp')}
          </>
        }
        confirm={t('models.loadAnywayAction')}
        onConfirm={load}
      />
    </div>
  );
}

function ModelMenu({ model: { id, name, path, bundled } }: { model: Model }) {
  const info = useCall('app.info', {}).data;
  const [removing, setRemoving] = useState(false);
  const remove = async () => {
    setRemoving(false);
    const removed = await attempt(() => api.model.remove({ id }));
    if (removed) notify({ message: t('models.removed', { name }) });
  };
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={t('models.more', { name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {info?.shell.reveal ? (
          <MenuItem icon={<FolderOpen />} onSelect={() => void attempt(() => api.app.reveal({ path }))}>
            {t('models.reveal')}
          </MenuItem>
        ) : null}
        <MenuItem icon={<Copy />} onSelect={() => void attempt(() => navigator.clipboard.writeText(path))}>
          {t('models.copyPath')}
        </MenuItem>
        {bundled ? null : (
          <>
            <MenuSeparator />
            <MenuItem icon={<Trash2 />} onSelect={() => setRemoving(true)}>
              {t('models.remove')}
            </MenuItem>
          </>
        )}
      </Menu>
      <ConfirmDialog
        open={removing}
        onOpen={setRemoving}
        title={t('models.removeTitle', { name })}
        description={t('models.removeBody')}
        confirm={t('models.remove')}
        onConfirm={() => void remove()}
      />
    </>
  );
}
