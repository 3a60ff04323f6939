import { startTransition, useEffect, useState } from 'react';
import type { ExportView } from '../../../contract/export.ts';
import { useMinute } from '../../components/minute-clock.ts';
import { exportGroups, firstOf } from '../../view/export-groups.ts';
import { ExportRow, type OpenedRow } from './export-row.tsx';
import css from './export-rows.module.css';
import { moveBetweenRows } from './move-between-rows.ts';

/** More than a window shows; the others follow without keeping it from answering. */
const AT_ONCE = 40;

/** Env files in groups; what of one file is shown below its row replaces what was shown of another. */
export function ExportRows({ items }: { items: readonly ExportView[] }) {
  const now = useMinute();
  const [open, setOpen] = useState<OpenedRow | null>(null);
  const [most, setMost] = useState(AT_ONCE);
  useEffect(() => {
    startTransition(() => {
      setMost(Infinity);
    });
  }, []);
  const groups = firstOf(exportGroups(items, now), most);
  return (
    <div className={css['groups']} onKeyDown={moveBetweenRows}>
      {groups.map(({ id: group, title, items: some }) => (
        <section key={group} aria-labelledby={`files-${group}`}>
          <h2 id={`files-${group}`} className={css['title']}>
            {title}
          </h2>
          <ul aria-labelledby={`files-${group}`}>
            {some.map((item) => (
              <ExportRow
                key={item.id}
                item={item}
                now={now}
                opened={open?.id === item.id ? open.part : null}
                onOpen={setOpen}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
