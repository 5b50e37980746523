import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { EngineStatus, Hardware } from '../../main/contract/model.ts';
import { api, useCall } from '../api.ts';
import { formatBytes, formatNumber } from '../format.ts';
import { useLive } from '../live.ts';
import { t } from '../messages.ts';
import { attempt, Badge, Button, Callout, Card, Facts, notify, Progress, Section, Skeleton } from '../ui/index.ts';

/** What runs the models: what it works on and why, how much of the machine it takes, and starting it again. */
export function EnginePanel({ engine }: { engine: EngineStatus | null }) {
  const hardware = useCall('model.hardware', {});
  const [busy, setBusy] = useState(false);
  const restart = async () => {
    setBusy(true);
    const restarted = await attempt(() => api.model.restartEngine({}));
    setBusy(false);
    if (restarted) notify({ message: t('models.restarted') });
  };
  return (
    <>
      <Section
        title={t('models.engine')}
        actions={
          <Button icon={<RotateCw aria-hidden />} busy={busy} onClick={() => void restart()}>
            {t('models.restart')}
          </Button>
        }
      >
        {engine?.notice ? <Callout tone={engine.state === 'crashed' ? 'danger' : 'caution'}>{engine.notice}</Callout> : null}
        <Card>{engine ? <Facts facts={engineFacts(engine, hardware.data)} /> : <p className="muted">{t('models.engineUnknown')}</p>}</Card>
      </Section>
      <Section title={t('models.machine')}>
        <Card>{hardware.data ? <Machine hardware={hardware.data} /> : <MachineUnknown message={hardware.error?.message} />}</Card>
      </Section>
    </>
  );
}

/** The engine as last heard of; asked for while no event has come yet. */
export function useEngine(): EngineStatus | null {
  const heard = useLive((live) => live.engine);
  const asked = useCall('model.status', {}, { enabled: heard === null });
  return heard ?? asked.data ?? null;
}

const tones = { starting: 'plain', ready: 'accent', loading: 'plain', crashed: 'danger', stopped: 'caution' } as const;

function engineFacts(engine: EngineStatus, hardware: Hardware | undefined) {
  const { state, gpu, threads, restarts, host } = engine;
  return [
    { name: t('models.state'), value: <Badge tone={tones[state]}>{t(`models.engineState.${state}`)}</Badge> },
    ...(gpu
      ? [
          { name: t('models.worksOn'), value: gpu.devices.length > 0 ? `${t(`models.gpu.${gpu.kind}`)}: ${gpu.devices.join(', ')}` : t(`models.gpu.${gpu.kind}`) },
          { name: t('models.why'), value: gpu.why },
        ]
      : []),
    {
      name: t('models.threads'),
      value: hardware ? t('models.threadsValue', { threads, cores: hardware.cores }) : formatNumber(threads),
    },
    { name: t('models.host'), value: t(`models.host.${host}`) },
    { name: t('models.restarts'), value: t('models.restartsValue', { count: restarts }) },
  ];
}

function Machine({ hardware: { cpu, cores, freeMemoryBytes, totalMemoryBytes } }: { hardware: Hardware }) {
  return (
    <div className="stack">
      <Facts
        facts={[
          { name: t('models.cpu'), value: `${cpu}, ${t('models.cores', { count: cores })}` },
          { name: t('models.memory'), value: t('models.memoryValue', { free: formatBytes(freeMemoryBytes), total: formatBytes(totalMemoryBytes) }) },
        ]}
      />
      <Progress label={t('models.memoryMeter')} value={totalMemoryBytes > 0 ? 1 - freeMemoryBytes / totalMemoryBytes : null} />
    </div>
  );
}

const MachineUnknown = ({ message }: { message: string | undefined }) => (message ? <p className="muted">{message}</p> : <Skeleton lines={2} />);
