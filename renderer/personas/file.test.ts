import { describe, expect, it } from 'vitest';
import { newDraft } from './draft.ts';
import { LARGEST_FILE_BYTES, personaFileName, readPersonaFile } from './file.ts';

const exported = { format: 'engram-persona', version: 1, persona: newDraft('Ana'), adapterNames: {} };

describe('readPersonaFile', () => {
  it('reads what was exported', () => {
    expect(readPersonaFile(JSON.stringify(exported))).toEqual({ kind: 'persona', file: exported });
  });

  it('tells what is wrong apart, for a sentence that helps', () => {
    expect(readPersonaFile('GGUF\0').kind).toBe('not-json');
    expect(readPersonaFile('{"format":"engram-conversation"}').kind).toBe('not-a-persona');
    expect(readPersonaFile('null').kind).toBe('not-a-persona');
    expect(readPersonaFile(JSON.stringify({ ...exported, version: 2 })).kind).toBe('newer');
    expect(readPersonaFile(JSON.stringify({ ...exported, persona: { ...newDraft('Ana'), name: '' } })).kind).toBe('not-a-persona');
    expect(readPersonaFile(' '.repeat(LARGEST_FILE_BYTES + 1)).kind).toBe('too-large');
  });
});

describe('personaFileName', () => {
  it('keeps letters of any alphabet and nothing a path could use', () => {
    expect(personaFileName('Dr. Ångström')).toBe('dr-ångström.engram-persona.json');
    expect(personaFileName('../../etc/passwd')).toBe('etc-passwd.engram-persona.json');
    expect(personaFileName('???')).toBe('persona.engram-persona.json');
  });
});
