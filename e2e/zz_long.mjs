import { writeFileSync } from 'node:fs'; import path from 'node:path';
import { startAssistant, newFolder } from './assistant.ts';
const a = await startAssistant(); const api = await a.connect();
const folder = newFolder('long');
const p = (at) => `## Part ${at}\n\nThe ${at}th paragraph of a **long** note, with [[Part ${at}]] and some words to read in it.\n\n`;
writeFileSync(path.join(folder, 'Long.md'), `# Long\n\n${Array.from({ length: 18000 }, (_, at) => p(at)).join('')}end\n`);
await api.notes.addFolder({ path: folder });
for (let i = 0; i < 200; i++) { const s = await api.notes.status({}); if (s.read >= 1 && s.notes >= 1) break; await new Promise(r => setTimeout(r, 200)); }
console.log(await api.notes.status({}));
const { notes } = await api.notes.list({ folderId: null, only: 'all', text: '', limit: 1, after: null });
for (let i = 0; i < 3; i++) { const b = performance.now(); const o = await api.notes.open({ id: notes[0].id, query: i === 2 ? '' : '14000th' }); console.log('open', performance.now() - b, o.blocks.length, o.links.length, JSON.stringify(o).length); }
const r = await api.notes.search({ text: 'paragraph 14000th', limit: 1, meaning: false }); console.log(r.hits[0]?.passage?.place, r.ms);
await a.remove();
