# Draft: needs a native reader. Status: docs/translations.md
clean-app = To remove this chat: press and hold it, then choose Delete. I cannot delete it on your phone.
clean-page = To remove this chat from this device: choose “{ page-forget }” on this page. The list of visited pages stays in the browser.
clean-here = When we write first, we use only neutral words. To delete what is kept with us, write: delete me.
clean-ok = OK
