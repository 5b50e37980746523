import { keyNames, spokenKeys } from './keys.ts';
import './kbd.css';

/** A key combination such as `mod+shift+k`, drawn the way this platform writes it. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <kbd className="kbd">
      <span aria-hidden>{keyNames(keys).join('\u2009')}</span>
      <span className="visually-hidden">{spokenKeys(keys)}</span>
    </kbd>
  );
}
