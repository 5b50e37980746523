import { commandsIn, type CommandGroup } from '../keyboard.ts';
import { t, type MessageKey } from '../messages.ts';
import { Dialog, Kbd } from '../ui/index.ts';
import './palette.css';

const groups: readonly CommandGroup[] = ['conversation', 'answer', 'note', 'places', 'anywhere'];
/** Keys that belong to a field or a list rather than to a command. */
const writing: readonly [MessageKey, string][] = [
  ['keyboard.send', 'enter'],
  ['keyboard.line', 'shift+enter'],
  ['keyboard.move', 'up down'],
  ['keyboard.notices', 'f8'],
];

/** All keys, by what they are for. */
export function KeyboardMap({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpen={onClose} title={t('keyboard.title')} size="large" reading>
      <div className="keyboard-map">
        <KeyGroup title={t('keyboard.writing')} keys={writing} />
        {groups.map((group) => (
          <KeyGroup key={group} title={t(`palette.${group}`)} keys={keysIn(group)} />
        ))}
      </div>
    </Dialog>
  );
}

/** What has several keys is one line. */
function keysIn(group: CommandGroup): [MessageKey, string][] {
  const lines = new Map<MessageKey, string>();
  for (const [, { label, keys }] of commandsIn(group)) if (keys) lines.set(label, [lines.get(label), keys].filter(Boolean).join(' '));
  return [...lines];
}

function KeyGroup({ title, keys }: { title: string; keys: readonly (readonly [MessageKey, string])[] }) {
  return (
    <section className="keyboard-group">
      <h3>{title}</h3>
      <dl>
        {keys.map(([label, combination]) => (
          <div key={label} className="keyboard-line">
            <dt>{t(label as 'keyboard.send')}</dt>
            <dd className="row">
              {combination.split(' ').map((keys) => (
                <Kbd key={keys} keys={keys} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
