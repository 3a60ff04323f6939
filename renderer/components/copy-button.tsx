import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useApp } from '../store/use-app.ts';
import { Button } from './button.tsx';
import css from './copy-button.module.css';

interface CopyButtonProps {
  /** What is copied, within a sentence: for the button’s name and the notice. */
  what: string;
  /** No secret. Copied without its last line break: a shell would run it as soon as it is pasted. */
  text: string;
  onCopied?: () => void;
}

/** Copies a text, and shows in its place that it was this one: a notice would move what is under the pointer. */
export function CopyButton({ what, text, onCopied }: CopyButtonProps) {
  const copyText = useApp((state) => state.copyText);
  const [copied, setCopied] = useState<string | null>(null);
  const done = copied === text;

  async function copy(): Promise<void> {
    if (!(await copyText(text.trimEnd(), `Copied the ${what}.`, true))) return;
    setCopied(text);
    onCopied?.();
  }

  return (
    <Button
      look="quiet"
      aria-label={done ? `Copied ${what}, copy again` : `Copy ${what}`}
      onClick={() => void copy()}
    >
      {done ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      <span className={css['word']}>
        {done ? 'Copied' : 'Copy'}
        <span className={css['longest']} aria-hidden>
          Copied
        </span>
      </span>
    </Button>
  );
}
