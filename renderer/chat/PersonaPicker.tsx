import { ChevronDown, UsersRound } from 'lucide-react';
import { useRef } from 'react';
import type { Conversation } from '../../main/contract/conversation.ts';
import type { Persona } from '../../main/contract/persona.ts';
import { useCall } from '../api.ts';
import { go } from '../app/route.ts';
import { keysOf, useCommand } from '../keyboard.ts';
import { t } from '../messages.ts';
import { Button, join, Menu, MenuChoices, MenuItem, MenuSeparator } from '../ui/index.ts';

type Props = { conversation: Conversation; preparing: boolean; onChoose: (personaId: string) => void };

/** Who answers. Changing it in mid-conversation applies the persona's overlay at once; the next answer is in its voice. */
export function PersonaPicker({ conversation, preparing, onChoose }: Props) {
  const personas = useCall('persona.list', {}).data ?? [];
  const current = personas.find((persona) => persona.id === conversation.personaId);
  const button = useRef<HTMLButtonElement>(null);
  // A menu opens on pointer down or by key, not on click.
  useCommand('chat.persona', () => button.current?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })));

  return (
    <Menu
      side="top"
      wide
      label={t('chat.personaChoose')}
      trigger={
        <Button
          ref={button}
          look="quiet"
          size="small"
          className={join('persona-button', preparing && 'persona-preparing')}
          aria-label={t('chat.persona', { name: current?.name ?? '' })}
          aria-keyshortcuts={keysOf('chat.persona') ?? undefined}
          icon={<UsersRound aria-hidden />}
        >
          {current?.name ?? '…'}
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      <MenuChoices
        label={t('chat.personaChoose')}
        value={conversation.personaId}
        options={personas.map((persona) => ({ value: persona.id, label: persona.name, hint: firstLine(persona) }))}
        onValue={(personaId) => personaId !== conversation.personaId && onChoose(personaId)}
      />
      <MenuSeparator />
      <MenuItem onSelect={() => go({ screen: 'personas', id: null })}>{t('chat.personaManage')}</MenuItem>
    </Menu>
  );
}

/** The first sentence of its instructions tells a persona best. */
function firstLine({ instructions }: Persona): string {
  const line = /^[^\n]*?[.!?](?=\s|$)|^[^\n]+/.exec(instructions.trim())?.[0] ?? '';
  return line.length > 90 ? `${line.slice(0, 88).trimEnd()}…` : line;
}
