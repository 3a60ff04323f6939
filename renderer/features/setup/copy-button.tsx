import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './setup-guide.module.css';

interface CopyButtonProps {
  /** What is copied, for its name and for the notice. */
  what: string;
  text: string;
  onCopied?: () => void;
}

/** Copies a value, and shows in its place that it was this one: a notice would move the guide under the pointer. */
export function CopyButton({ what, text, onCopied }: CopyButtonProps) {
  const copyText = useApp((state) => state.copyText);
  const [copied, setCopied] = useState<string | null>(null);
  const done = copied === text;
  return (
    <Button
      look="quiet"
      aria-label={done ? `${what}: copied, copy again` : `Copy: ${what}`}
      onClick={() => {
        setCopied(text);
        onCopied?.();
        void copyText(text, `${what} copied.`, true);
      }}
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
