// Nobody is signed in here: the walk-in page that was put away for a bad network goes. Taps that wait stay.
"use strict";

if ("caches" in window) caches.delete("tocka-visits");
