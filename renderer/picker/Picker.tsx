import { ArrowUp, ChevronRight, File, Folder } from 'lucide-react';
import { Fragment, useEffect, useId, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import type { AppError } from '../../main/contract/errors.ts';
import { formatBytes } from '../format.ts';
import { t } from '../messages.ts';
import { Button, Dialog, Field, IconButton, join, Skeleton, TextInput } from '../ui/index.ts';
import { breadcrumbs } from './path.ts';
import { useOpenPick, type PickRequest } from './pick.ts';
import { typeAhead, useListing, type Entry } from './useListing.ts';
import './picker.css';

/** Where the picker opens; stands in the window once. */
export function PickerPlace() {
  const request = useOpenPick();
  return request ? <Picker key={request.title} request={request} onPick={request.answer} /> : null;
}

type Props = { request: PickRequest; onPick: (path: string | null) => void };

function Picker({ request, onPick }: Props) {
  const { listing, entries, marked, error, loading, open, openTyped, mark } = useListing(request);
  const path = listing?.path ?? '';
  const choice = request.folder ? path : entries.find((entry) => entry.path === marked && entry.kind === 'file')?.path;
  const enter = (entry: Entry) => (entry.kind === 'folder' ? void open(entry.path) : onPick(entry.path));
  const up = () => {
    if (listing?.parent) void open(listing.parent, path);
  };
  return (
    <Dialog
      open
      onOpen={(stays) => !stays && onPick(null)}
      size="large"
      title={request.title}
      footer={<Answers folder={request.folder} choice={choice} onPick={onPick} />}
    >
      <PathBox key={`path ${path}`} path={path} error={error} onPath={openTyped} />
      <div className="row picker-crumbs-row">
        <IconButton label={t('picker.up')} size="small" disabled={!listing?.parent} onClick={up}>
          <ArrowUp aria-hidden />
        </IconButton>
        <Crumbs path={path} onOpen={(to) => void open(to)} />
      </div>
      {listing ? (
        <EntryList key={`entries ${path}`} entries={entries} marked={marked} request={request} onMark={mark} onEnter={enter} onUp={up} busy={loading} />
      ) : null}
      {loading && !listing ? <Skeleton lines={6} /> : null}
    </Dialog>
  );
}

type AnswersProps = { folder: boolean; choice: string | undefined; onPick: (path: string | null) => void };

function Answers({ folder, choice, onPick }: AnswersProps) {
  return (
    <>
      <Button onClick={() => onPick(null)}>{t('ui.cancel')}</Button>
      <Button look="primary" disabled={!choice} onClick={() => choice && onPick(choice)}>
        {t(folder ? 'picker.chooseFolder' : 'picker.choose')}
      </Button>
    </>
  );
}

type PathBoxProps = { path: string; error: AppError | null; onPath: (path: string) => Promise<void> };

function PathBox({ path, error, onPath }: PathBoxProps) {
  const [typed, setTyped] = useState(path);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim()) void onPath(typed.trim());
  };
  return (
    <form onSubmit={submit}>
      <Field label={t('picker.path')} hint={t('picker.pathHelp')} error={error?.message}>
        {(control) => (
          <div className="row">
            <TextInput {...control} className="picker-path" value={typed} onChange={(event) => setTyped(event.target.value)} />
            <Button type="submit">{t('picker.go')}</Button>
          </div>
        )}
      </Field>
    </form>
  );
}

function Crumbs({ path, onOpen }: { path: string; onOpen: (path: string) => void }) {
  const crumbs = breadcrumbs(path);
  return (
    <nav className="picker-crumbs" aria-label={t('picker.crumbs')}>
      {crumbs.map((crumb, index) => (
        <Fragment key={crumb.path}>
          {index > 0 ? <ChevronRight aria-hidden /> : null}
          <Button
            look="quiet"
            size="small"
            aria-current={index === crumbs.length - 1 ? 'location' : undefined}
            onClick={() => onOpen(crumb.path)}
          >
            {crumb.name}
          </Button>
        </Fragment>
      ))}
    </nav>
  );
}

type ListProps = {
  entries: readonly Entry[];
  marked: string | null;
  request: PickRequest;
  onMark: (path: string) => void;
  onEnter: (entry: Entry) => void;
  onUp: () => void;
  busy: boolean;
};

function EntryList({ entries, marked, request, onMark, onEnter, onUp, busy }: ListProps) {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const place = useRef<HTMLDivElement>(null);
  // Every folder one comes to has the focus: arrows and letters go on working.
  useEffect(() => {
    (list.current ?? place.current)?.focus();
  }, []);
  const at = entries.findIndex(({ path }) => path === marked);
  const optionId = (index: number) => `${id}-${index}`;

  const moveTo = (entry: Entry | undefined) => {
    if (!entry) return;
    onMark(entry.path);
    list.current?.children[entries.indexOf(entry)]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = arrows[event.key]?.(at, entries.length - 1);
    if (to !== undefined) moveTo(entries[to]);
    else if (!press(event.key)) return;
    event.preventDefault();
  };
  /** Whether the key meant something. */
  const press = (key: string): boolean => {
    const entry = entries[at];
    if (key === 'Enter' && entry) onEnter(entry);
    else if (key === 'Backspace') onUp();
    else if (key.length === 1 && key !== ' ') moveTo(typeAhead(entries, marked, key));
    else return false;
    return true;
  };

  if (entries.length === 0) {
    return (
      <div ref={place} tabIndex={-1} className="muted picker-empty" onKeyDown={(event) => event.key === 'Backspace' && onUp()}>
        {emptySentence(request)}
      </div>
    );
  }
  return (
    <ul
      ref={list}
      role="listbox"
      className={join('picker-list', busy && 'picker-busy')}
      tabIndex={0}
      aria-label={t('picker.entries')}
      aria-activedescendant={at >= 0 ? optionId(at) : undefined}
      onKeyDown={onKeyDown}
    >
      {entries.map((entry, index) => (
        <EntryItem key={entry.path} entry={entry} id={optionId(index)} marked={index === at} onMark={onMark} onEnter={onEnter} />
      ))}
    </ul>
  );
}

type ItemProps = { entry: Entry; id: string; marked: boolean; onMark: (path: string) => void; onEnter: (entry: Entry) => void };

function EntryItem({ entry, id, marked, onMark, onEnter }: ItemProps) {
  const isFolder = entry.kind === 'folder';
  return (
    <li
      id={id}
      role="option"
      aria-selected={marked}
      className="picker-entry"
      onClick={() => (isFolder ? onEnter(entry) : onMark(entry.path))}
      onDoubleClick={() => !isFolder && onEnter(entry)}
    >
      {isFolder ? <Folder aria-hidden /> : <File aria-hidden />}
      <span className="grow truncate">{entry.name}</span>
      {isFolder ? <ChevronRight aria-hidden /> : <span className="muted small tabular">{formatBytes(entry.sizeBytes)}</span>}
    </li>
  );
}

const arrows: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  PageDown: (at, last) => Math.min(at + 10, last),
  PageUp: (at) => Math.max(at - 10, 0),
  Home: () => 0,
  End: (_at, last) => last,
};

function emptySentence({ folder, extensions }: PickRequest): string {
  if (folder) return t('picker.emptyFolders');
  return extensions.length > 0 ? t('picker.emptyFiltered', { extensions: extensions.map((each) => `.${each}`).join(', ') }) : t('picker.emptyFolder');
}
