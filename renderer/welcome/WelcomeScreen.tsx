import { ArrowRight, Cpu, FileBox, LockKeyhole, Sparkle } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { EngineStatus, Hardware, Model } from '../../main/contract/model.ts';
import { api, updateCall, useCall } from '../api.ts';
import { go } from '../app/route.ts';
import { formatBytes } from '../format.ts';
import { useLive } from '../live.ts';
import { t } from '../messages.ts';
import { FitBadge } from '../models/FitBadge.tsx';
import { pick } from '../picker/pick.ts';
import { attempt, Button } from '../ui/index.ts';
import './welcome.css';

/** The first thing one sees: what this machine has, that a model is ready, and that nothing leaves. */
export function WelcomeScreen() {
  const [chosen, setChosen] = useState<Model | null>(null);
  const [starting, setStarting] = useState(false);
  const start = async () => {
    setStarting(true);
    const takes = chosen !== null && canAnswer(chosen);
    const saved = await attempt(() => api.app.changeSettings({ welcomed: true, ...(takes ? { chatModelPath: chosen.path } : {}) }));
    setStarting(false);
    if (!saved) return;
    // Known at once: while the window still believed itself unwelcomed, it would lead back here.
    updateCall('app.settings', {}, () => saved);
    // The bigger model is read while one looks round; the first question waits for it by itself.
    if (takes) void attempt(() => finish(api.model.load({ id: chosen.id })));
    go({ screen: 'chat', conversationId: null, messageId: null }, 'replace');
  };
  return (
    <div className="screen welcome">
      <div className="welcome-page">
        <header>
          <h1 className="welcome-title">{t('welcome.title')}</h1>
          <p className="welcome-lead">{t('welcome.lead')}</p>
        </header>
        <div className="welcome-points">
          <Point icon={<LockKeyhole aria-hidden />} title={t('welcome.private')}>
            {t('welcome.privateBody')}
          </Point>
          <Machine />
          <Starter />
          <Bigger chosen={chosen} onChoose={setChosen} />
        </div>
        <Button look="primary" className="welcome-start" busy={starting} onClick={() => void start()}>
          {t('welcome.start')}
          <ArrowRight aria-hidden />
        </Button>
      </div>
    </div>
  );
}

const canAnswer = ({ role, fit }: Model) => role === 'chat' && fit.verdict !== 'will-not-fit';

async function finish(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _event of events);
}

function Point({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <section className="welcome-point">
      {icon}
      <div>
        <h2>{title}</h2>
        <div className="welcome-text">{children}</div>
      </div>
    </section>
  );
}

function Machine() {
  const hardware = useCall('model.hardware', {});
  const engine = useLive((live) => live.engine);
  return (
    <Point icon={<Cpu aria-hidden />} title={t('welcome.machine')}>
      <p>{hardware.data ? describeMachine(hardware.data) : t(hardware.error ? 'welcome.machineUnknown' : 'welcome.machineLoading')}</p>
      {engine?.gpu ? <p>{describeGpu(engine.gpu)}</p> : null}
    </Point>
  );
}

const describeMachine = ({ cpu, cores, totalMemoryBytes }: Hardware) =>
  t('welcome.machineBody', { cpu, cores, memory: formatBytes(totalMemoryBytes) });

function describeGpu({ kind, devices, why }: NonNullable<EngineStatus['gpu']>): string {
  return kind === 'cpu' ? why : t('welcome.machineGpu', { gpu: devices.join(', ') || t(`models.gpu.${kind}`) });
}

function Starter() {
  const models = useCall('model.list', {});
  if (!models.data) return null;
  const starter = models.data.find((model) => model.bundled && model.role === 'chat' && model.present);
  return (
    <Point icon={<Sparkle aria-hidden />} title={t('welcome.starter')}>
      <p>{starter ? describeStarter(starter) : t('welcome.starterMissing')}</p>
    </Point>
  );
}

const describeStarter = ({ name, sizeBytes, loaded }: Model) =>
  t(loaded ? 'welcome.starterBody' : 'welcome.starterLoading', { model: name, size: formatBytes(sizeBytes) });

function Bigger({ chosen, onChoose }: { chosen: Model | null; onChoose: (model: Model) => void }) {
  const [busy, setBusy] = useState(false);
  const choose = async () => {
    const path = await pick({ title: t('models.addTitle'), extensions: ['gguf'], folder: false });
    if (!path) return;
    setBusy(true);
    const model = await attempt(() => api.model.add({ path }));
    setBusy(false);
    if (model) onChoose(model);
  };
  return (
    <Point icon={<FileBox aria-hidden />} title={t('welcome.bigger')}>
      <p>{t('welcome.biggerBody')}</p>
      <div className="welcome-bigger" aria-live="polite">
        {chosen ? (
          <>
            <p className="row">
              <strong>{chosen.name}</strong>
              <FitBadge fit={chosen.fit} />
            </p>
            <p>
              {chosen.fit.reason} {t(canAnswer(chosen) ? 'welcome.biggerAdded' : 'welcome.biggerNotChosen')}
            </p>
          </>
        ) : null}
        <Button size="small" busy={busy} onClick={() => void choose()}>
          {t('welcome.biggerAction')}
        </Button>
      </div>
    </Point>
  );
}
