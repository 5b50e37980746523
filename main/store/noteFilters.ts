/** Which notes a search is about, beside its words. */
export type NoteFilters = {
  tags: Asked[];
  /** Somewhere in the path; from its beginning where it begins with '/'. */
  paths: Asked[];
  /** The folder that was added, by its name or the end of its path. */
  folders: Asked[];
  /** A format's name, or how file names end. */
  types: Asked[];
  /** Changed before; Unix milliseconds. */
  before: number | null;
  /** Changed then or later. */
  after: number | null;
};

/** `value` folded. `isTyped`: it may go on. */
export type Asked = { value: string; isNot: boolean; isTyped: boolean };

export const noFilters: NoteFilters = { tags: [], paths: [], folders: [], types: [], before: null, after: null };

/** Conditions on a row of `note`, and their values by name. */
export function conditionsOf(filters: NoteFilters): { conditions: string[]; values: Record<string, string | number> } {
  const values: Record<string, string | number> = {};
  const asked = (name: string, all: readonly Asked[], condition: (value: string, isTyped: boolean) => string) =>
    all.map(({ value, isNot, isTyped }, index) => {
      values[`${name}${index}`] = value;
      return `${isNot ? 'NOT ' : ''}(${condition(`@${name}${index}`, isTyped)})`;
    });
  const conditions = [
    ...asked('tag', filters.tags, (value, isTyped) => `EXISTS (SELECT 1 FROM note_tag WHERE note_tag.note_seq = note.seq AND (${isTyped ? begins('key', value) : `key = ${value} OR ${begins('key', `(${value} || '/')`)}`}))`),
    ...asked('path', filters.paths, (value) => `CASE substr(${value}, 1, 1) WHEN '/' THEN ${begins(`('/' || note.path_key)`, value)} ELSE instr(note.path_key, ${value}) > 0 END`),
    ...asked('folder', filters.folders, (value, isTyped) => `EXISTS (SELECT 1 FROM note_folder WHERE note_folder.id = note.folder_id AND ${isTyped ? `instr(${folderPath}, lower(${value})) > 0` : ends(folderPath, `('/' || lower(${value}))`)})`),
    ...asked('type', filters.types, (value) => `note.type = ${value} OR substr(note.path_key, -length(${value}) - 1) = '.' || ${value}`),
  ];
  for (const [name, at] of [['before', filters.before], ['after', filters.after]] as const) {
    if (at === null) continue;
    values[name] = at;
    conditions.push(`note.modified_at ${name === 'before' ? '<' : '>='} @${name}`);
  }
  return { conditions, values };
}

const folderPath = `('/' || replace(lower(note_folder.path), '\\', '/'))`;
const ends = (column: string, value: string) => `substr(${column}, -length(${value})) = ${value}`;
const begins = (column: string, value: string) => `substr(${column}, 1, length(${value})) = ${value}`;
