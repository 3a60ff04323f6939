import { useEffect, useState } from 'react';

const SECOND_MS = 1000;

/** Epoch ms, updated once a second while the component is shown. */
export function useSecond(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, SECOND_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
}
