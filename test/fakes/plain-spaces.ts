/** A text of the window with ordinary spaces: those within times are narrow, and no line ends at them. */
export const plainSpaces = (text: string): string => text.replaceAll('\u202f', ' ');
