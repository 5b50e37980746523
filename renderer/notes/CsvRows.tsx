import Papa from 'papaparse';
import { useMemo } from 'react';
import { t } from '../messages.ts';

type Props = {
  /** Whole rows. */
  text: string;
  /** The rows with which the file begins. */
  first: boolean;
  /** Names of the columns, where the first row holds such. */
  columns: readonly string[];
};

/** A wider table is read in the program it was made for. */
const mostColumns = 60;

/** Some rows of a table of values; all parts of a file have the same columns of the same width. */
export function CsvRows({ text, first, columns }: Props) {
  const rows = useMemo(() => Papa.parse<string[]>(text, { skipEmptyLines: true }).data.map((row) => row.slice(0, mostColumns)), [text]);
  const named = columns.length > 0;
  const head = first && named ? rows[0] : undefined;
  const width = Math.max(columns.length, ...rows.map((row) => row.length));
  return (
    <div className="csv-frame" role="region" aria-label={t('notes.table')} tabIndex={0}>
      <table className="csv-table" style={{ minWidth: `${Math.min(mostColumns, width) * 8}rem` }}>
        {head ? (
          <thead>
            <tr>
              {head.map((cell, at) => (
                <th key={at} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
        ) : null}
        <tbody>
          {(head ? rows.slice(1) : rows).map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
