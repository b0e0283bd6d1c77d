import { expect, it } from "vitest";
import { guessFromFileName } from "./guess-kind";

it.each([
  ["character-mara.png", "Character", "Mara"],
  ["Char_old_sailor.final.jpg", "Character", "Old sailor final"],
  ["location lamp room.jpeg", "Location", "Lamp room"],
  ["prop-brass-radio.png", "Object", "Brass radio"],
  ["style-16mm.png", "Style", "16mm"],
  ["IMG_2231.png", undefined, "IMG 2231"],
  ["character.png", undefined, "Character"],
  ["settings-menu.png", undefined, "Settings menu"],
  ["Ürsula.jpg", undefined, "Ürsula"],
  [".png", undefined, ".png"],
])("%s is %s “%s”", (fileName, kind, name) => {
  expect(guessFromFileName(fileName)).toEqual({ kind, name });
});
