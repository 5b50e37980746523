import { useEffect, useRef, useState } from 'react';
import { AppError } from '../../main/contract/errors.ts';
import type { Forgetting, ForgetPreview } from '../../main/contract/memory.ts';
import { api, useCall } from '../api.ts';
import { t } from '../messages.ts';
import { attempt, Button, Dialog, ErrorState, Skeleton } from '../ui/index.ts';
import { ForgetChoices, type Choice } from './ForgetChoices.tsx';
import { ForgetProgress, forgetTitle, useForgetting } from './ForgetProgress.tsx';
import { sentencesHolding } from './sentencesHolding.ts';
import './forget.css';

type Props = {
  /** What is to be forgotten; null while the dialog is closed. */
  memoryId: string | null;
  /** Words of it: the sentences that hold them are chosen first. */
  quote?: string | null | undefined;
  onClose: () => void;
};

/** Shows everything that carries a memory, asks, and then what becomes of it until its bytes are gone. */
export function ForgetDialog({ memoryId, quote = null, onClose }: Props) {
  return memoryId === null ? null : <OpenForgetDialog key={memoryId} memoryId={memoryId} quote={quote} onClose={onClose} />;
}

function OpenForgetDialog({ memoryId, quote, onClose }: { memoryId: string; quote: string | null; onClose: () => void }) {
  const [sentences, setSentences] = useState<readonly number[] | null>(null);
  const { preview, error, retry } = usePreview(memoryId, sentences, (first) => {
    const holding = sentences === null && quote !== null ? sentencesHolding(first.sentences, quote) : null;
    if (holding) setSentences(holding);
    return holding === null;
  });
  const [choice, setChoice] = useChoice(preview);
  const [started, setStarted] = useState<Forgetting | null>(null);
  const forgetting = useForgetting(started);
  const [busy, setBusy] = useState(false);

  const forget = async ({ ticked, graceSeconds }: Choice) => {
    setBusy(true);
    const begun = await attempt(() => api.memory.forget({ id: memoryId, carriers: [...ticked], graceSeconds, ...among(sentences) }));
    setBusy(false);
    if (begun) setStarted(begun);
    // What was refused may have been refused because more carries it by now.
    else retry();
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
      <Button look="danger" busy={busy} disabled={!choice || choice.ticked.length === 0} onClick={() => choice && void forget(choice)}>
        {choice ? t('forget.confirm', { count: choice.ticked.length }) : t('memory.forget')}
      </Button>
    </>
  );
  return (
    <Dialog open onOpen={onClose} size="large" title={t('forget.title')} footer={footer}>
      {error ? <ErrorState small error={error} title={t('forget.failedTitle')} onRetry={retry} /> : null}
      {preview && choice ? <ForgetChoices preview={preview} choice={choice} onChoice={setChoice} onSentences={setSentences} /> : null}
      {(preview && choice) || error ? null : <Looking />}
    </Dialog>
  );
}

function Looking() {
  return (
    <>
      <p className="muted">{t('forget.loading')}</p>
      <Skeleton lines={4} />
    </>
  );
}

/** Which of its sentences, once the owner has said so. */
const among = (sentences: readonly number[] | null) => (sentences ? { sentences: [...sentences] } : {});

type MadeFor = { preview: ForgetPreview; choice: Choice };

/** What surely carries it ticked, and the usual grace period, until something else is chosen; null while these are not known. */
function useChoice(preview: ForgetPreview | null): [Choice | null, (choice: Choice) => void] {
  const settings = useCall('app.settings', {});
  const [chosen, setChosen] = useState<MadeFor | null>(null);
  const [grace, setGrace] = useState<number | null>(null);
  const choose = (choice: Choice) => {
    if (preview) setChosen({ preview, choice });
    setGrace(choice.graceSeconds);
  };
  if (!preview || !settings.data) return [null, choose];
  // Other sentences have other places: ticks made for one preview say nothing about the next.
  if (chosen?.preview === preview) return [chosen.choice, choose];
  const ticked = preview.carriers.filter(({ certain }) => certain).map(({ key }) => key);
  return [{ ticked, graceSeconds: grace ?? settings.data.forgetGraceSeconds }, choose];
}

/**
 * Asked anew each time: a preview from before may miss an answer given since. The last one stays in sight meanwhile.
 * `accept`: false where another is asked for in its place.
 */
function usePreview(id: string, sentences: readonly number[] | null, accept: (preview: ForgetPreview) => boolean) {
  const [attemptNumber, setAttemptNumber] = useState(0);
  const [state, setState] = useState<{ preview: ForgetPreview | null; error: AppError | null }>({ preview: null, error: null });
  const latest = useRef(accept);
  useEffect(() => {
    latest.current = accept;
  });
  useEffect(() => {
    const controller = new AbortController();
    api.memory.previewForget({ id, ...among(sentences) }, controller.signal).then(
      (preview) => {
        if (!controller.signal.aborted && latest.current(preview)) setState({ preview, error: null });
      },
      (failure: unknown) => {
        if (!controller.signal.aborted) setState({ preview: null, error: AppError.from(failure) });
      },
    );
    return () => controller.abort();
  }, [id, sentences, attemptNumber]);
  const retry = () => {
    setState({ preview: null, error: null });
    setAttemptNumber(attemptNumber + 1);
  };
  return { ...state, retry };
}
