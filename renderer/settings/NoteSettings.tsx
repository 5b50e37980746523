import { useState } from 'react';
import type { Settings } from '../../main/contract/app.ts';
import { t } from '../messages.ts';
import { Field, Select, TextInput } from '../ui/index.ts';
import { Line } from './parts.tsx';
import { change } from './saving.ts';

const editors = ['system', 'vscode', 'obsidian', 'vim', 'custom'] as const;
const example = 'subl {file}:{line}';

/** What notes are opened with, outside. */
export function NoteSettings({ settings: { editor } }: { settings: Settings }) {
  const [command, setCommand] = useState(editor.command);
  const save = () => {
    if (command !== editor.command) void change({ editor: { kind: 'custom', command: command.trim() } });
  };
  return (
    <>
      <Line title={t('settings.editor')} hint={t('settings.editorHelp')}>
        <Select
          aria-label={t('settings.editor')}
          value={editor.kind}
          options={editors.map((value) => ({ value, label: t(`settings.editor.${value}`) }))}
          onValue={(kind) => void change({ editor: { ...editor, kind } })}
        />
      </Line>
      {editor.kind === 'custom' ? (
        <Field label={t('settings.editorCommand')} hint={t('settings.editorCommandHelp', { example })}>
          {(control) => (
            <TextInput
              {...control}
              className="editor-command"
              placeholder={example}
              maxLength={1_000}
              value={command}
              onChange={(event) => setCommand(event.target.value)}
              onBlur={save}
              onKeyDown={(event) => event.key === 'Enter' && save()}
            />
          )}
        </Field>
      ) : null}
    </>
  );
}
