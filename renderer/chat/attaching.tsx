import { Paperclip } from 'lucide-react';
import { useRef, type DragEvent } from 'react';
import { t } from '../messages.ts';
import { IconButton } from '../ui/index.ts';

/** Chooses files to go with the question. */
export function AttachButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('chat.attach')}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <IconButton size="small" label={t('chat.attach')} side="top" onClick={() => input.current?.click()}>
        <Paperclip aria-hidden />
      </IconButton>
    </>
  );
}

/** For the form: files that are dropped on it go with the question. */
export const dropOf = (onFiles: (files: readonly File[]) => Promise<void>) => ({
  onDragOver: (event: DragEvent) => {
    if (event.dataTransfer.types.includes('Files')) event.preventDefault();
  },
  onDrop: (event: DragEvent) => {
    const files = [...event.dataTransfer.files];
    if (files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    void onFiles(files);
  },
});
