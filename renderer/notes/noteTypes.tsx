import { BookOpen, FileCode, FileQuestionMark, FileSpreadsheet, FileText, FileType, Mail, NotebookText, type LucideIcon } from 'lucide-react';

const icons: Record<string, LucideIcon> = { markdown: NotebookText, csv: FileSpreadsheet, mail: Mail, code: FileCode, epub: BookOpen, pdf: FileType, other: FileQuestionMark };

/** What a file is, at a glance. */
export function TypeIcon({ type }: { type: string }) {
  const Icon = icons[type] ?? FileText;
  return <Icon className="note-type" aria-hidden />;
}
