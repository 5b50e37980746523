import { List } from 'lucide-react';
import { t } from '../messages.ts';
import { IconButton, join, Menu, MenuItem } from '../ui/index.ts';
import type { Heading } from './segments.ts';

type Props = { headings: readonly Heading[]; here: number; onHeading: (index: number) => void };

/** The headings of the note, beside it where there is room. */
export function Outline({ headings, here, onHeading }: Props) {
  const current = headings.findLast(({ index }) => index <= here);
  return (
    <nav className="note-outline" aria-label={t('notes.outline')}>
      <p className="note-outline-title" aria-hidden>
        {t('notes.outline')}
      </p>
      <ul role="list">
        {headings.map((heading) => (
          <li key={heading.index}>
            <button type="button" className={join('note-outline-item', `note-outline-${heading.level}`)} aria-current={heading === current ? 'location' : undefined} onClick={() => onHeading(heading.index)}>
              {heading.title}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The same as a menu, where there is none. */
export function OutlineMenu({ headings, onHeading }: Omit<Props, 'here'>) {
  const trigger = (
    <IconButton label={t('notes.outline')} className="note-outline-button">
      <List aria-hidden />
    </IconButton>
  );
  return (
    <Menu trigger={trigger} align="end" label={t('notes.outline')} wide>
      {headings.map(({ index, level, title }) => (
        <MenuItem key={index} onSelect={() => onHeading(index)}>
          <span className={`note-outline-${level}`}>{title}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}
