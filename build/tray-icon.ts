/** What the icon says; the shapes outside the mark's square are the same in all. */
export const TRAY_STATES = ['normal', 'attention', 'paused'] as const;
export type TrayIconState = (typeof TRAY_STATES)[number];

/** The drawing at one size, in whole pixels from the top left corner. */
export interface TrayGeometry {
  /** Width of every stroke; even where the size is, so that both edges are on whole pixels. */
  stroke: number;
  /** The tray: an open box. */
  tray: { left: number; right: number; top: number; bottom: number; radius: number };
  /** The bow of the key, above the middle. */
  bow: { top: number; diameter: number; hole: number };
  /** The key's stem, down to here, and its tooth. */
  stemBottom: number;
  tooth: { top: number; length: number };
  /** Side of the square in the top right corner that holds a mark, how much is free around it, and the width of a bar of the mark of pause. */
  mark: { side: number; gap: number; bar: number };
}

const AT_16: TrayGeometry = {
  stroke: 2,
  tray: { left: 1, right: 15, top: 8, bottom: 15, radius: 3 },
  bow: { top: 0, diameter: 6, hole: 2 },
  stemBottom: 12,
  tooth: { top: 9, length: 2 },
  mark: { side: 5, gap: 1, bar: 2 },
};

const AT_24: TrayGeometry = {
  stroke: 2,
  tray: { left: 2, right: 22, top: 13, bottom: 22, radius: 4 },
  bow: { top: 1, diameter: 10, hole: 6 },
  stemBottom: 19,
  tooth: { top: 14, length: 3 },
  mark: { side: 6, gap: 1, bar: 2 },
};

/** The same shapes on a screen with twice the pixels. */
function doubled({ stroke, tray, bow, stemBottom, tooth, mark }: TrayGeometry): TrayGeometry {
  return {
    stroke: 2 * stroke,
    tray: {
      left: 2 * tray.left,
      right: 2 * tray.right,
      top: 2 * tray.top,
      bottom: 2 * tray.bottom,
      radius: 2 * tray.radius,
    },
    bow: { top: 2 * bow.top, diameter: 2 * bow.diameter, hole: 2 * bow.hole },
    stemBottom: 2 * stemBottom,
    tooth: { top: 2 * tooth.top, length: 2 * tooth.length },
    mark: { side: 2 * mark.side, gap: 2 * mark.gap, bar: 2 * mark.bar },
  };
}

/** Each size is drawn for itself: what is scaled lies between pixels and is blurred. */
export const TRAY_GEOMETRY = {
  16: AT_16,
  20: {
    stroke: 2,
    tray: { left: 1, right: 19, top: 11, bottom: 19, radius: 4 },
    bow: { top: 0, diameter: 8, hole: 4 },
    stemBottom: 16,
    tooth: { top: 12, length: 3 },
    mark: { side: 5, gap: 1, bar: 2 },
  },
  22: {
    stroke: 2,
    tray: { left: 2, right: 20, top: 12, bottom: 20, radius: 4 },
    bow: { top: 1, diameter: 8, hole: 4 },
    stemBottom: 17,
    tooth: { top: 13, length: 3 },
    mark: { side: 6, gap: 1, bar: 2 },
  },
  24: AT_24,
  32: doubled(AT_16),
  48: doubled(AT_24),
} as const satisfies Record<number, TrayGeometry>;
export type TrayIconSize = keyof typeof TRAY_GEOMETRY;
const TRAY_SIZES: readonly TrayIconSize[] = [16, 20, 22, 24, 32, 48];

const rectangle = (x: number, y: number, width: number, height: number): string =>
  `<path d="M${x} ${y}h${width}v${height}h${-width}z"/>`;

/** A ring, or a disc without a hole, as a filled path. */
function ring(centreX: number, centreY: number, radius: number, hole: number): string {
  const circle = (r: number): string =>
    `M${centreX - r} ${centreY}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  return `<path fill-rule="evenodd" d="${circle(radius)}${hole === 0 ? '' : circle(hole)}"/>`;
}

/** A round hole of two pixels would be four grey ones. */
const bowOf = (middle: number, { top, diameter, hole }: TrayGeometry['bow']): string => {
  const [y, radius] = [top + diameter / 2, diameter / 2];
  if (hole > 2) return ring(middle, y, radius, hole / 2);
  const square = `M${middle - 1} ${y - 1}h2v2h-2z`;
  return ring(middle, y, radius, 0).replace('"/>', `${square}"/>`);
};

function shapes(size: number, { stroke, tray, bow, stemBottom, tooth }: TrayGeometry): string {
  const middle = size / 2;
  const { left, right, top, bottom, radius } = tray;
  const inner = radius - stroke;
  const box = [
    `M${left} ${top}V${bottom - radius}a${radius} ${radius} 0 0 0 ${radius} ${radius}`,
    `H${right - radius}a${radius} ${radius} 0 0 0 ${radius} ${-radius}V${top}h${-stroke}`,
    `V${bottom - radius}a${inner} ${inner} 0 0 1 ${-inner} ${inner}`,
    `H${left + radius}a${inner} ${inner} 0 0 1 ${-inner} ${-inner}V${top}z`,
  ].join('');
  const bowBottom = bow.top + bow.diameter;
  const stemTop = bowBottom - (bow.diameter - bow.hole) / 2;
  const stemLeft = middle - stroke / 2;
  return [
    `<path d="${box}"/>`,
    bowOf(middle, bow),
    rectangle(stemLeft, stemTop, stroke, stemBottom - stemTop),
    rectangle(stemLeft + stroke, tooth.top, tooth.length, stroke),
  ].join('');
}

/** The mark, and the ground that it needs around itself. */
function markOf(
  state: TrayIconState,
  size: number,
  { mark }: TrayGeometry,
): { mark: string; ground: string } {
  const { side, gap, bar } = mark;
  const left = size - side;
  switch (state) {
    case 'normal':
      return { mark: '', ground: '' };
    case 'attention': {
      const [x, y, radius] = [left + side / 2, side / 2, side / 2];
      return {
        mark: `<g fill="var(--attention, currentColor)">${ring(x, y, radius, 0)}</g>`,
        ground: ring(x, y, radius + gap, 0),
      };
    }
    case 'paused': {
      return {
        mark: rectangle(left, 0, bar, side) + rectangle(size - bar, 0, bar, side),
        ground: rectangle(left - gap, 0, side + gap, side + gap),
      };
    }
  }
}

/** The icon as SVG of that many pixels; `currentColor` is the ink, `--attention` the colour of the dot. */
export function trayIconSvg(state: TrayIconState, size: TrayIconSize): string {
  const geometry = TRAY_GEOMETRY[size];
  const { mark, ground } = markOf(state, size, geometry);
  const drawn = shapes(size, geometry);
  const kept =
    ground === ''
      ? drawn
      : `<mask id="around"><path fill="#fff" d="M0 0h${size}v${size}h${-size}z"/><g fill="#000">${ground}</g></mask><g mask="url(#around)">${drawn}</g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" fill="currentColor">${kept}${mark}</svg>`;
}

/** Every drawing of the tray's icon with a name, so that what is committed can be compared with it. */
export const trayDrawings = (): [name: string, svg: string][] =>
  TRAY_STATES.flatMap((state) =>
    TRAY_SIZES.map((size): [string, string] => [`tray-${state}-${size}`, trayIconSvg(state, size)]),
  );
