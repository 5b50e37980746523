import { commandsIn, type CommandGroup } from '../keyboard.ts';
import { t } from '../messages.ts';
import { Kbd } from '../ui/index.ts';

const groups: readonly CommandGroup[] = ['anywhere', 'places', 'conversation', 'answer', 'note'];

/** Every action that has keys, by where it works. */
export function KeyboardSettings() {
  return (
    <div className="keyboard">
      {groups.map((group) => (
        <div key={group}>
          <h3 className="keyboard-group">{t(`settings.keys.${group}`)}</h3>
          <dl>
            {commandsIn(group).map(([id, { label, keys }]) =>
              keys ? (
                <div key={id} className="keyboard-line">
                  <dt>{t(label as 'command.palette')}</dt>
                  <dd>
                    <Kbd keys={keys} />
                  </dd>
                </div>
              ) : null,
            )}
          </dl>
        </div>
      ))}
    </div>
  );
}
