// Records a text with the browser's own recorder and puts the sound into the form's file field. Without it a file is chosen.
"use strict";
(() => {
  const BITS_A_SECOND = 24000; // a voice is clear, and members pay little
  const KINDS = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];
  const box = document.getElementById("recorder");
  if (!box || !window.MediaRecorder || !navigator.mediaDevices?.getUserMedia) return;
  const kind = KINDS.find((one) => MediaRecorder.isTypeSupported(one));
  if (!kind) return;
  const button = document.getElementById("record");
  const told = document.getElementById("recorded");
  const preview = document.getElementById("preview");
  const file = document.getElementById("voice-file");
  const start = button.textContent;
  let recorder = null;
  let waiting = false;

  const done = (pieces, type) => {
    const bare = type.split(";")[0];
    const chosen = new DataTransfer();
    chosen.items.add(new File(pieces, `voice.${bare.split("/")[1]}`, { type: bare }));
    file.files = chosen.files;
    URL.revokeObjectURL(preview.src);
    preview.src = URL.createObjectURL(new Blob(pieces, { type: bare }));
    preview.hidden = false;
    told.textContent = box.dataset.again;
  };

  const record = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const pieces = [];
    recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: BITS_A_SECOND });
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    const most = setTimeout(() => recorder.stop(), (Number(box.dataset.seconds) - 1) * 1000);
    recorder.addEventListener("stop", () => {
      clearTimeout(most);
      stream.getTracks().forEach((track) => track.stop());
      done(pieces, recorder.mimeType || kind);
      recorder = null;
      button.textContent = start;
    });
    recorder.start();
    button.textContent = box.dataset.stop;
    told.textContent = box.dataset.running;
  };

  button.addEventListener("click", async () => {
    if (recorder) return recorder.stop();
    if (waiting) return;
    waiting = true;
    try {
      preview.pause();
      await record();
    } catch {
      told.textContent = box.dataset.denied;
    } finally {
      waiting = false;
    }
  });
  box.hidden = false;
})();
