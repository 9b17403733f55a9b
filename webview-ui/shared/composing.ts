/** Keys that belong to an input method, such as the Enter that ends a Korean or Japanese word. */

/** True where the key must do nothing else. Safari reports the last one as key code 229 after the composition ended. */
export function isComposing({ nativeEvent }: { readonly nativeEvent: KeyboardEvent }): boolean {
  return nativeEvent.isComposing || nativeEvent.keyCode === 229;
}
