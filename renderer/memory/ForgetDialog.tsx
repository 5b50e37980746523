import { useEffect, useState } from 'react';
import { AppError } from '../../main/contract/errors.ts';
import type { Forgetting, ForgetPreview } from '../../main/contract/memory.ts';
import { api, useCall } from '../api.ts';
import { t } from '../messages.ts';
import { attempt, Button, Dialog, ErrorState, Skeleton } from '../ui/index.ts';
import { ForgetChoices, type Choice } from './ForgetChoices.tsx';
import { ForgetProgress, forgetTitle, useForgetting } from './ForgetProgress.tsx';
import './forget.css';

type Props = {
  /** What is to be forgotten; null while the dialog is closed. */
  memoryId: string | null;
  onClose: () => void;
};

/** Shows everything that carries a memory, asks, and then what becomes of it until its bytes are gone. */
export function ForgetDialog({ memoryId, onClose }: Props) {
  return memoryId === null ? null : <OpenForgetDialog key={memoryId} memoryId={memoryId} onClose={onClose} />;
}

function OpenForgetDialog({ memoryId, onClose }: { memoryId: string; onClose: () => void }) {
  const { preview, error, retry } = usePreview(memoryId);
  const settings = useCall('app.settings', {});
  const [choice, setChoice] = useState<Choice | null>(null);
  const [started, setStarted] = useState<Forgetting | null>(null);
  const forgetting = useForgetting(started);
  const [busy, setBusy] = useState(false);

  const graceSeconds = choice?.graceSeconds ?? settings.data?.forgetGraceSeconds ?? null;
  const ticked = choice?.ticked ?? preview?.carriers.map(({ key }) => key) ?? [];
  const forget = async () => {
    setBusy(true);
    const begun = await attempt(() => api.memory.forget({ id: memoryId, carriers: [...ticked], graceSeconds }));
    setBusy(false);
    if (begun) setStarted(begun);
  };

  if (forgetting) {
    return (
      <Dialog open onOpen={onClose} title={forgetTitle(forgetting)} footer={<Button onClick={onClose}>{t('ui.close')}</Button>}>
        <ForgetProgress forgetting={forgetting} />
      </Dialog>
    );
  }
  const footer = (
    <>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button look="danger" busy={busy} disabled={!preview || graceSeconds === null || ticked.length === 0} onClick={() => void forget()}>
        {preview ? t('forget.confirm', { count: ticked.length }) : t('memory.forget')}
      </Button>
    </>
  );
  return (
    <Dialog open onOpen={onClose} size="large" title={t('forget.title')} footer={footer}>
      {error ? <ErrorState small error={error} title={t('forget.failedTitle')} onRetry={retry} /> : null}
      {!preview && !error ? (
        <>
          <p className="muted">{t('forget.loading')}</p>
          <Skeleton lines={4} />
        </>
      ) : null}
      {preview && graceSeconds !== null ? <ForgetChoices preview={preview} choice={{ ticked, graceSeconds }} onChoice={setChoice} /> : null}
    </Dialog>
  );
}

/** Asked anew each time: a preview from before may miss an answer given since. */
function usePreview(id: string) {
  const [attemptNumber, setAttemptNumber] = useState(0);
  const [state, setState] = useState<{ preview: ForgetPreview | null; error: AppError | null }>({ preview: null, error: null });
  useEffect(() => {
    const controller = new AbortController();
    api.memory.previewForget({ id }, controller.signal).then(
      (preview) => setState({ preview, error: null }),
      (failure: unknown) => {
        if (!controller.signal.aborted) setState({ preview: null, error: AppError.from(failure) });
      },
    );
    return () => controller.abort();
  }, [id, attemptNumber]);
  const retry = () => {
    setState({ preview: null, error: null });
    setAttemptNumber(attemptNumber + 1);
  };
  return { ...state, retry };
}
