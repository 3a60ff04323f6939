/** Text from elsewhere without what a terminal would obey: control characters, and marks that turn the direction. */
export const plain = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
