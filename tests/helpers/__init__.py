"""What several tests share: servers, browser, drivers."""
