import { useState } from 'react';
import type { Persona, PersonaDraft } from '../../main/contract/persona.ts';
import { api, useCall, type Call } from '../api.ts';
import { go, hrefOf } from '../app/route.ts';
import { t } from '../messages.ts';
import { attempt, BackLink, Button, Callout, EmptyState, Loaded, notify, Screen } from '../ui/index.ts';
import { Compare } from './Compare.tsx';
import { faults, newDraft, sameDraft, toDraft } from './draft.ts';
import { keepDraft, NEW, useDraft } from './draftStore.ts';
import { Identity } from './Identity.tsx';
import { MemoryScope } from './MemoryScope.tsx';
import { OverlayEditor } from './OverlayEditor.tsx';
import { SamplingEditor } from './SamplingEditor.tsx';

/** One persona: who it is, what it may remember, its overlay, how it chooses words, and a comparison. */
export function PersonaEditor({ id }: { id: string }) {
  const personas = useCall('persona.list', {});
  const persona = personas.data?.find((each) => each.id === id) ?? null;
  if (id !== NEW && !persona) return <Missing personas={personas} />;
  return <Editor id={id} persona={persona} others={personas.data?.filter((each) => each.id !== id) ?? []} />;
}

function Missing({ personas }: { personas: Call<Persona[]> }) {
  return (
    <Screen title={t('personas.title')} lead={<Back />}>
      <Loaded call={personas} failed={t('personas.failedTitle')}>
        {() => <EmptyState title={t('persona.goneTitle')}>{t('persona.goneBody')}</EmptyState>}
      </Loaded>
    </Screen>
  );
}

const Back = () => <BackLink href={hrefOf({ screen: 'personas', id: null })}>{t('persona.back')}</BackLink>;

type EditorProps = { id: string; persona: Persona | null; others: readonly Persona[] };

function Editor({ id, persona, others }: EditorProps) {
  const saved = persona ? toDraft(persona) : newDraft('');
  const kept = useDraft(id);
  const draft = kept ?? saved;
  const change = (part: Partial<PersonaDraft>) => {
    const next = { ...draft, ...part };
    keepDraft(id, sameDraft(next, saved) ? null : next);
  };
  const wrong = faults(draft);
  const parts = { draft, change, wrong };
  return (
    <Screen title={persona?.name ?? t('persona.newTitle')} lead={<Back />}>
      <div className="persona-editor">
        {persona?.builtIn ? <Callout>{t('persona.builtInNote', { name: persona.name })}</Callout> : null}
        <Identity {...parts} taken={others.some(({ name }) => name === draft.name.trim())} />
        <MemoryScope {...parts} />
        <OverlayEditor {...parts} />
        <SamplingEditor {...parts} />
        <Compare draft={draft} />
      </div>
      {kept || id === NEW ? <SaveBar id={id} persona={persona} draft={draft} changed={kept !== null} valid={wrong.size === 0} /> : null}
    </Screen>
  );
}

type SaveProps = { id: string; persona: Persona | null; draft: PersonaDraft; changed: boolean; valid: boolean };

/** Stays at the foot of the screen while something is not saved. */
function SaveBar({ id, persona, draft, changed, valid }: SaveProps) {
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const saved = await attempt(() => write(persona, draft));
    setBusy(false);
    if (!saved) return;
    keepDraft(id, null);
    notify({ message: t(saved.id === id ? 'persona.saved' : 'persona.created', { name: saved.name }) });
    if (saved.id !== id) go({ screen: 'personas', id: saved.id }, 'replace');
  };
  return (
    <div className="save-bar">
      <span className="grow muted">{changed ? t('persona.unsaved') : ''}</span>
      {changed ? <Button onClick={() => keepDraft(id, null)}>{t('persona.discard')}</Button> : null}
      <Button look="primary" busy={busy} disabled={!valid} onClick={() => void save()}>
        {t(saveLabel(persona))}
      </Button>
    </div>
  );
}

function saveLabel(persona: Persona | null) {
  if (!persona) return 'persona.create';
  return persona.builtIn ? 'persona.saveCopy' : 'persona.save';
}

/** What comes with Engram stays as it is: a changed one is saved beside it. */
function write(persona: Persona | null, draft: PersonaDraft): Promise<Persona> {
  if (!persona) return api.persona.create(draft);
  if (!persona.builtIn) return api.persona.update({ id: persona.id, draft });
  const name = draft.name.trim() === persona.name ? t('persona.copyName', { name: persona.name }) : draft.name;
  return api.persona.create({ ...draft, name });
}
