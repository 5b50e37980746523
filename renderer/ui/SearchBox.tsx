import { Search, X } from 'lucide-react';
import type { ComponentProps } from 'react';
import { t } from '../messages.ts';
import { IconButton, join } from './Button.tsx';
import './field.css';

type Props = Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'type'> & {
  /** Accessible name; also the placeholder unless one is given. */
  label: string;
  value: string;
  onValue: (value: string) => void;
};

/** One line to search or filter with; Escape empties it. */
export function SearchBox({ label, value, onValue, className, placeholder, onKeyDown, ...rest }: Props) {
  return (
    <div className={join('search-box', className)}>
      <Search aria-hidden />
      <input
        {...rest}
        type="search"
        className="input"
        aria-label={label}
        placeholder={placeholder ?? label}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onValue(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value) {
            event.stopPropagation();
            onValue('');
          }
          onKeyDown?.(event);
        }}
      />
      {value ? (
        <IconButton label={t('ui.clear')} size="small" className="search-clear" onClick={() => onValue('')}>
          <X aria-hidden />
        </IconButton>
      ) : null}
    </div>
  );
}
