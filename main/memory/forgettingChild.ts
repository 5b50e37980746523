/** A process to be killed by tests: forgets a memory of a data folder, everywhere and at once. */
import { createBackups } from '../store/backups.ts';
import { openDatabase } from '../store/database.ts';
import { createForget } from './forget.ts';

const [, , folder = '', id = ''] = process.argv;
const db = openDatabase(folder);
const backups = createBackups({ db, folder, kept: () => 9 });
const forget = createForget({ db, folder, backups, eraseVectors: async () => undefined, graceSeconds: () => 0 });
const { carriers } = await forget.preview({ id });
process.stdout.write('ready\n');
await forget.forget({ id, carriers: carriers.map(({ key }) => key), graceSeconds: 0 });
