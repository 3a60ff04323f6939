import { Choice, ChoiceGroup } from '../../components/field.tsx';
import { WAY_WORDS, type Way } from '../../view/method-words.ts';
import css from './connect-form.module.css';

interface WayChoiceProps {
  ways: readonly Way[];
  selected: Way;
  onSelect: (way: Way) => void;
}

/** How to sign in, with when to use which; nothing where there is one way only. */
export function WayChoice({ ways, selected, onSelect }: WayChoiceProps) {
  if (ways.length < 2) return null;
  return (
    <div className={css['ways']}>
      <ChoiceGroup legend="How to sign in">
        {ways.map((way) => (
          <Choice
            key={way}
            type="radio"
            name="way"
            value={way}
            label={WAY_WORDS[way].name}
            note={WAY_WORDS[way].when}
            checked={way === selected}
            onChange={() => {
              onSelect(way);
            }}
          />
        ))}
      </ChoiceGroup>
    </div>
  );
}
