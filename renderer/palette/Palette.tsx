import { Command } from 'cmdk';
import { Dialog as Radix } from 'radix-ui';
import { useState } from 'react';
import { useCall } from '../api.ts';
import { go, useRoute } from '../app/route.ts';
import { titleOf } from '../conversations/actions.ts';
import { setPersona } from '../chat/setPersona.ts';
import { formatDay } from '../format.ts';
import { commands, commandsIn, keysOf, runCommand, useAvailableCommands, type CommandGroup, type CommandId } from '../keyboard.ts';
import { t } from '../messages.ts';
import { Kbd } from '../ui/index.ts';
import { useReturnFocus } from '../ui/returnFocus.ts';
import { matchName } from './match.ts';
import './palette.css';

const groups: readonly CommandGroup[] = ['conversation', 'answer', 'note', 'places', 'anywhere'];

/** Offered whatever is typed, below everything that has that name. */
const everywhere = 'search everything';

const rate = (value: string, typed: string, names?: string[]) => (value === everywhere ? 0.01 : matchName(names?.[0] ?? value, typed));

/** Every action and every place, by name: type, arrows, Enter. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const focus = useReturnFocus();
  // The palette leaves first, so that what it runs finds the focus where it was.
  const run = (work: () => void) => {
    onClose();
    requestAnimationFrame(work);
  };
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content className="dialog palette" aria-describedby={undefined} {...focus}>
          <Radix.Title className="visually-hidden">{t('palette.title')}</Radix.Title>
          <Command label={t('palette.title')} loop filter={rate}>
            <Command.Input className="palette-input" placeholder={t('palette.placeholder')} value={typed} onValueChange={setTyped} />
            <Command.List className="palette-list" label={t('palette.title')}>
              <Command.Empty className="palette-empty">{t('palette.empty')}</Command.Empty>
              <Actions run={run} />
              <Personas run={run} />
              {typed.trim() ? <Notes typed={typed.trim()} run={run} /> : null}
              {typed.trim() ? <Conversations run={run} /> : null}
              {typed.trim() ? (
                <Command.Item
                  className="palette-item"
                  value={everywhere}
                  onSelect={() => run(() => go({ screen: 'search', query: typed.trim() }))}
                >
                  <span className="grow truncate">{t('palette.searchAll', { text: typed.trim() })}</span>
                </Command.Item>
              ) : null}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type GroupProps = { run: (work: () => void) => void };

function Actions({ run }: GroupProps) {
  const available = useAvailableCommands();
  const offered = (group: CommandGroup) => commandsIn(group).filter(([id, command]) => available.includes(id) && !command.hidden);
  return groups.map((group) =>
    offered(group).length > 0 ? (
      <Command.Group key={group} heading={t(`palette.${group}`)} className="palette-group">
        {offered(group).map(([id]) => (
          <Action key={id} id={id} run={run} />
        ))}
      </Command.Group>
    ) : null,
  );
}

function Action({ id, run }: GroupProps & { id: CommandId }) {
  const keys = keysOf(id);
  const label = t(commands[id].label);
  return (
    <Command.Item className="palette-item" value={label} onSelect={() => run(() => void runCommand(id))}>
      <span className="grow truncate">{label}</span>
      {keys ? <Kbd keys={keys} /> : null}
    </Command.Item>
  );
}

function Personas({ run }: GroupProps) {
  const route = useRoute();
  const conversationId = route.screen === 'chat' ? route.conversationId : null;
  const personas = useCall('persona.list', {}).data ?? [];
  if (conversationId === null) return null;
  return (
    <Command.Group heading={t('palette.personas')} className="palette-group">
      {personas.map((persona) => (
        <Command.Item
          key={persona.id}
          className="palette-item"
          value={`${t('palette.personas')} ${persona.name}`}
          onSelect={() => run(() => void setPersona(conversationId, persona.id))}
        >
          <span className="grow truncate">{persona.name}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

const mostNotes = 8;

/** Notes of this name: by title or path, whatever they say. */
function Notes({ typed, run }: GroupProps & { typed: string }) {
  const { data } = useCall('notes.list', { folderId: null, only: 'all', text: typed.slice(0, 1_000), limit: mostNotes, after: null }, { keepPrevious: true });
  if (!data?.notes.length) return null;
  return (
    <Command.Group heading={t('palette.notes')} className="palette-group">
      {data.notes.map(({ id, title, path }) => (
        <Command.Item
          key={id}
          className="palette-item"
          value={`note ${id}`}
          keywords={[`${title} ${path}`]}
          onSelect={() => run(() => go({ screen: 'notes', noteId: id, at: null, query: '' }))}
        >
          <span className="grow truncate">{title}</span>
          <span className="palette-date truncate">{path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function Conversations({ run }: GroupProps) {
  const list = useCall('conversation.list', { archived: false }).data ?? [];
  return (
    <Command.Group heading={t('palette.conversations')} className="palette-group">
      {list
        .filter((conversation) => conversation.messageCount > 0)
        .slice(0, 300)
        .map((conversation) => (
          <Command.Item
            key={conversation.id}
            className="palette-item"
            value={conversation.id}
            keywords={[titleOf(conversation)]}
            onSelect={() => run(() => go({ screen: 'chat', conversationId: conversation.id, messageId: null }))}
          >
            <span className="grow truncate">{titleOf(conversation)}</span>
            <span className="palette-date">{formatDay(conversation.updatedAt)}</span>
          </Command.Item>
        ))}
    </Command.Group>
  );
}
