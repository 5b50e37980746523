import { Pencil } from 'lucide-react';
import { useState } from 'react';
import type { Profile } from '../../main/contract/claim.ts';
import type { Persona } from '../../main/contract/persona.ts';
import { api, useCall } from '../api.ts';
import { t } from '../messages.ts';
import { attempt, Button, Loaded, notify, Section, Select } from '../ui/index.ts';
import { broughtUpToDate } from './claimText.ts';
import { ProfileEdit } from './ProfileEdit.tsx';

/** The owner in a few lines, as text they may write themselves; one for all personas, one for each that keeps its own memory. */
export function ProfileCard({ personas }: { personas: readonly Persona[] }) {
  const [personaId, setPersonaId] = useState<string | null>(null);
  const keepers = personas.filter(({ memoryScope }) => memoryScope === 'own');
  const whose =
    keepers.length > 0 ? (
      <Select
        aria-label={t('claims.profileOf')}
        className="profile-whose"
        value={personaId ?? ''}
        options={[{ value: '', label: t('claims.profileShared') }, ...keepers.map(({ id, name }) => ({ value: id, label: t('claims.profileOwn', { persona: name }) }))]}
        onValue={(id) => setPersonaId(id || null)}
      />
    ) : null;
  return (
    <div className="card profile">
      <Section title={t('claims.profileTitle')} actions={whose}>
        <OneProfile key={personaId} personaId={personaId} />
      </Section>
    </div>
  );
}

function OneProfile({ personaId }: { personaId: string | null }) {
  const profile = useCall('claims.profile', { personaId });
  const [draft, setDraft] = useState<string | null>(null);
  const compile = async () => {
    const before = profile.data?.text ?? '';
    if (!(await attempt(() => api.claims.compileProfile({ personaId })))) return;
    const undo = () => attempt(() => api.claims.writeProfile({ personaId, text: before }));
    notify({ message: t('claims.profileCompiled'), action: { label: t('ui.undo'), run: () => void undo() } });
  };
  const save = async (text: string) => {
    if (!(await attempt(() => api.claims.writeProfile({ personaId, text })))) return;
    setDraft(null);
    notify({ message: t('claims.profileSaved') });
  };
  return (
    <Loaded call={profile} failed={t('claims.profileFailed')} lines={2} small>
      {(data) =>
        draft === null ? (
          <Shown profile={data} onEdit={setDraft} onCompile={() => void compile()} />
        ) : (
          <ProfileEdit text={draft} most={data.most} onText={setDraft} onSave={save} onCancel={() => setDraft(null)} />
        )
      }
    </Loaded>
  );
}

type ShownProps = { profile: Profile; onEdit: (text: string) => void; onCompile: () => void };

function Shown({ profile, onEdit, onCompile }: ShownProps) {
  const { text, edited, tokens, most } = profile;
  return (
    <>
      {text ? <Text text={text} /> : <p className="muted">{t(edited ? 'claims.profileCleared' : 'claims.profileEmpty')}</p>}
      <Changes profile={profile} onEdit={onEdit} />
      <div className="profile-foot">
        <p className="field-note profile-note">
          {text || edited ? t(edited ? 'claims.profileWritten' : 'claims.profileHint') : null}{' '}
          {text ? <span className="tabular profile-tokens">{t('claims.profileTokens', { tokens, most })}</span> : null}
        </p>
        <div className="row">
          {edited ? (
            <Button size="small" onClick={onCompile}>
              {t('claims.profileCompile')}
            </Button>
          ) : null}
          <Button size="small" icon={<Pencil aria-hidden />} onClick={() => onEdit(text)}>
            {t('claims.profileEdit')}
          </Button>
        </div>
      </div>
    </>
  );
}

/** Text longer than this, or of more lines, begins with a part of it: the list below should be in sight. */
const PART = 280;
const LINES = 4;

function Text({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const isLong = text.length > PART || text.split('\n').length > LINES;
  return (
    <div>
      <p className="profile-text" data-part={isLong && !whole}>
        {text}
      </p>
      {isLong ? (
        <Button look="quiet" size="small" className="memory-history-button" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {t(whole ? 'claims.profilePart' : 'claims.profileWhole')}
        </Button>
      ) : null}
    </div>
  );
}

/** What the owner's text does not know. */
function Changes({ profile, onEdit }: { profile: Profile; onEdit: (text: string) => void }) {
  const { text, outdated, fresh } = profile;
  if (outdated.length + fresh.length === 0) return null;
  return (
    <div className="profile-changes">
      <div className="stack profile-lists">
        <Parts title={t('claims.profileOutdated')} parts={outdated} />
        <Parts title={t('claims.profileFresh')} parts={fresh} />
      </div>
      <Button size="small" onClick={() => onEdit(broughtUpToDate(text, { outdated, fresh }))}>
        {t('claims.profileUpdate')}
      </Button>
    </div>
  );
}

function Parts({ title, parts }: { title: string; parts: readonly string[] }) {
  if (parts.length === 0) return null;
  return (
    <div>
      <p className="small">{title}</p>
      <ul className="profile-parts">
        {parts.map((part) => (
          <li key={part}>{part}</li>
        ))}
      </ul>
    </div>
  );
}
